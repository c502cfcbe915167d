"""All uploads of one server: each belongs to who made it, and goes with them."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from datasets.upload.bounds import BadUpload, megabytes
from datasets.upload.folder import write_upload
from datasets.upload.images import Images
from datasets.upload.room import Room
from datasets.upload.table import Table


@dataclass(slots=True, eq=False, kw_only=True)
class Upload:
    """One upload: an id that nobody can guess, whose it is, and what its maker calls it."""

    id: str
    owner: str
    title: str
    kind: str  # "table" or "images"
    size: int  # bytes on disk
    touched: float  # when its maker was last seen with it, in seconds of the store's clock
    notes: dict[str, str] = field(default_factory=dict)  # what a page remembers of it


class Uploads:
    """Keeps uploads in a private folder of its own (`Room`) that ends with the server.

    A visit (`arrive`, `leave`) is one browser tab of an owner. An upload is dropped `away` seconds after the last visit
    of its owner ended, so that a reload or a lost connection costs nothing; and after `idle` seconds in which its owner
    did not touch it, tab or no tab. `on_drop(id)` is told of each, from whatever thread it happens in.
    """

    def __init__(
        self,
        *,
        per_owner: int,
        total_bytes: int,
        away: float,
        idle: float,
        on_drop: Callable[[str], None] = lambda _: None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._per_owner, self._total, self._away, self._idle = per_owner, total_bytes, away, idle
        self._on_drop, self._clock = on_drop, clock
        self._room = Room()
        self.folder = self._room.path
        self._uploads: dict[str, Upload] = {}
        self._visits: dict[str, str] = {}  # visit → owner
        self._left: dict[str, float] = {}  # owner without a visit → since when
        self._lock = threading.Lock()
        self._closed = False

    def add(self, owner: str, title: str, content: Table | Images) -> Upload:
        """Keep a table or pictures for their owner.

        Raises: BadUpload: the owner keeps as many as one may, or the server's room for uploads is taken.
        """
        room = content.values.nbytes if isinstance(content, Table) else content.pictures.nbytes
        upload = Upload(
            id=secrets.token_urlsafe(16),
            owner=owner,
            title=title,
            kind="table" if isinstance(content, Table) else "images",
            size=room,
            touched=self._clock(),
        )
        with self._lock:
            self._require_room(owner, room)
            self._uploads[upload.id] = upload  # its room is taken from here on, whoever comes meanwhile
            if owner not in self._visits.values():
                self._left[owner] = self._clock()
        try:
            upload.size = write_upload(self.folder / upload.id, content)
        except OSError as error:
            self.drop(upload.id, owner)
            raise BadUpload(f"This server could not keep the data: {error.strerror or error}.") from None
        return upload

    def find(self, upload: str, owner: str) -> Upload | None:
        """The upload of an id, for its owner alone; being asked for keeps it."""
        with self._lock:
            found = self._uploads.get(upload)
            if found is None or found.owner != owner:
                return None
            found.touched = self._clock()
            return found

    def is_of_another(self, upload: str, owner: str) -> bool:
        """Whether there is such an upload and it is somebody else's."""
        found = self._uploads.get(upload)
        return found is not None and found.owner != owner

    def strangers(self, owner: str) -> tuple[str, ...]:
        """The ids of all uploads of others."""
        with self._lock:
            return tuple(upload.id for upload in self._uploads.values() if upload.owner != owner)

    def of(self, owner: str) -> tuple[Upload, ...]:
        """All uploads of an owner, the oldest first."""
        with self._lock:
            return tuple(upload for upload in self._uploads.values() if upload.owner == owner)

    def drop(self, upload: str, owner: str) -> None:
        """Delete an upload of this owner, with its files; nothing happens where there is none."""
        with self._lock:
            found = self._uploads.get(upload)
            if found is None or found.owner != owner:
                return
            del self._uploads[upload]
        self._delete(upload)

    def arrive(self, visit: str, owner: str) -> None:
        """A tab of an owner is open."""
        with self._lock:
            self._visits[visit] = owner
            self._left.pop(owner, None)

    def leave(self, visit: str) -> None:
        """A tab is closed, or its connection lost."""
        with self._lock:
            owner = self._visits.pop(visit, None)
            if owner is not None and owner not in self._visits.values():
                self._left[owner] = self._clock()

    def sweep(self) -> None:
        """Drop what has outlived its owner's visits, or has not been touched for too long."""
        now = self._clock()
        with self._lock:
            gone = [
                upload.id
                for upload in self._uploads.values()
                if now - upload.touched > self._idle or now - self._left.get(upload.owner, now) > self._away
            ]
            for upload in gone:
                del self._uploads[upload]
            owners = {upload.owner for upload in self._uploads.values()}
            self._left = {owner: since for owner, since in self._left.items() if owner in owners}
        for upload in gone:
            self._delete(upload)

    def close(self) -> None:
        """Delete everything; the server ends."""
        with self._lock:
            self._uploads.clear()
            self._closed = True
        self._room.close()

    def _require_room(self, owner: str, room: int) -> None:
        if self._closed:
            raise BadUpload("This server is shutting down; nothing is kept any more.")
        own = sum(upload.owner == owner for upload in self._uploads.values())
        if own >= self._per_owner:
            raise BadUpload(f"You may keep {self._per_owner} data sets at a time: remove one of yours first.")
        taken = sum(upload.size for upload in self._uploads.values())
        if taken + room > self._total:
            raise BadUpload(
                f"This server keeps {megabytes(self._total)} of uploads at a time, and {megabytes(taken)} are taken; "
                f"these take {megabytes(room)}. Try again later, or bring less."
            )

    def _delete(self, upload: str) -> None:
        shutil.rmtree(self.folder / upload, ignore_errors=True)
        self._on_drop(upload)
