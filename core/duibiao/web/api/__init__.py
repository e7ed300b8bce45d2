"""The REST API (接口) under ``/api/v1``: for programs, which come with a token and get JSON."""

PREFIX = "/api/v1"
