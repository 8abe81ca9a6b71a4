"""A folder of its own for each test that needs files."""
import os
import tempfile
import unittest


class Folder(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = os.path.realpath(place.name)

    def write(self, name, content):
        """Makes a file of text or bytes, whose name may be bytes, too, and gives its path."""
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        return os.fsdecode(path)
