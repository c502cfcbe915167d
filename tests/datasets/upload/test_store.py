import pytest

from datasets.upload.bounds import BadUpload
from datasets.upload.store import Uploads
from tests.datasets.upload.test_folder import IMAGES, TABLE


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock):  # type: ignore[no-untyped-def]  # a store, closed in the end
    found = Uploads(per_owner=2, total_bytes=5_000, away=60, idle=1000, clock=clock)
    yield found
    found.close()


def test_an_upload_is_its_makers_alone(store: Uploads) -> None:
    upload = store.add("anna", "mine.csv", TABLE)
    assert (upload.kind, upload.title, len(upload.id)) == ("table", "mine.csv", 22)
    assert store.find(upload.id, "anna") is upload and store.of("anna") == (upload,)
    assert store.find(upload.id, "ben") is None and store.of("ben") == ()
    assert store.is_of_another(upload.id, "ben") and not store.is_of_another(upload.id, "anna")
    assert store.strangers("ben") == (upload.id,) and store.strangers("anna") == ()
    store.drop(upload.id, "ben")
    assert (store.folder / upload.id).is_dir()
    store.drop(upload.id, "anna")
    assert not (store.folder / upload.id).exists() and store.find(upload.id, "anna") is None


def test_the_folder_is_private_and_ends_with_the_server(store: Uploads) -> None:
    upload = store.add("anna", "a", IMAGES)
    assert store.folder.stat().st_mode & 0o777 == 0o700 and (store.folder / upload.id / "labels.npy").is_file()
    store.close()
    assert not store.folder.exists()
    with pytest.raises(BadUpload, match="shutting down"):
        store.add("anna", "a", TABLE)


def test_an_upload_outlives_a_reload_but_not_its_last_visit(store: Uploads, clock: Clock) -> None:
    gone: list[str] = []
    store._on_drop = gone.append
    store.arrive("tab 1", "anna")
    upload = store.add("anna", "a", TABLE)
    clock.now += 500
    store.sweep()
    assert store.of("anna"), "a tab is open"
    store.arrive("tab 2", "anna")
    store.leave("tab 1")
    clock.now += 100
    store.sweep()
    assert store.of("anna"), "another tab is open"
    store.leave("tab 2")
    clock.now += 59
    store.sweep()
    store.arrive("tab 3", "anna")  # a reload
    clock.now += 100
    store.sweep()
    assert store.of("anna") and not gone
    store.leave("tab 3")
    clock.now += 61
    store.sweep()
    assert not store.of("anna") and gone == [upload.id] and not (store.folder / upload.id).exists()


def test_an_upload_that_is_not_touched_goes_even_while_a_tab_is_open(store: Uploads, clock: Clock) -> None:
    store.arrive("tab", "anna")
    upload = store.add("anna", "a", TABLE)
    clock.now += 900
    assert store.find(upload.id, "ben") is None, "a stranger's asking does not keep it"
    assert store.find(upload.id, "anna")
    clock.now += 900
    store.sweep()
    assert store.of("anna")
    clock.now += 101
    store.sweep()
    assert not store.of("anna")


def test_who_never_had_a_visit_goes_too(store: Uploads, clock: Clock) -> None:
    store.add("anna", "a", TABLE)
    clock.now += 61
    store.sweep()
    assert not store.of("anna")


def test_room_is_bounded(store: Uploads) -> None:
    store.add("anna", "a", TABLE)
    store.add("anna", "b", TABLE)
    with pytest.raises(BadUpload, match="You may keep 2 data sets at a time"):
        store.add("anna", "c", TABLE)
    with pytest.raises(BadUpload, match=r"This server keeps 5 kB of uploads at a time, and . kB are taken"):
        for number in range(30):
            store.add(f"somebody {number}", "d", TABLE)
    kept = sum(len(store.of(f"somebody {number}")) for number in range(30))
    assert len([*store.folder.iterdir()]) == kept + 2


def test_a_full_disk_keeps_nothing(store: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("datasets.upload.store.write_upload", full)
    with pytest.raises(BadUpload, match="could not keep the data: No space left"):
        store.add("anna", "a", TABLE)
    assert not store.of("anna") and not [*store.folder.iterdir()]
