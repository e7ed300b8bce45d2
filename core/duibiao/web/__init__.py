"""The web (网页和接口): pages for people, an API for programs; thin over `duibiao.office` and `duibiao.work`."""
