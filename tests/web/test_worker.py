"""A worker of its own: what its surroundings do wrong does not stop it."""

from sqlalchemy import select
from tests.web.buckets import bucket
from tests.web.processes import process, wait_for

from duibiao.storage.database import Database
from duibiao.storage.records import Worker


def test_it_lives_on_where_the_file_store_does_not_answer(tmp_path):
    url = f"sqlite:///{tmp_path}/duibiao.db"
    database = Database(url)
    database.migrate()

    def seen():
        with database.reading() as session:
            return session.scalar(select(Worker.seen))

    with bucket() as files:
        settings = {
            "DUIBIAO_HOME": str(tmp_path),
            "DUIBIAO_DATABASE": url,
            "DUIBIAO_FILES": f"{files}-which-is-not-there",
            "DUIBIAO_SILENT": "6",
        }
        with process(settings, "worker") as running:
            first = wait_for(seen)
            wait_for(
                lambda: (seen() - first).total_seconds() > 3
            )  # each beat follows after a second
            assert running.poll() is None
    database.close()
