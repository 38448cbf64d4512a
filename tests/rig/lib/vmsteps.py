# SPDX-License-Identifier: Apache-2.0
"""What a statement costs SQLite, in steps of its virtual machine: the same number on every machine, however busy.

Python's own sqlite3 does not report it, so the library is called directly.
"""
import ctypes
import ctypes.util

ROW, DONE, VM_STEP = 100, 101, 4
TRANSIENT = ctypes.c_void_p(-1)


def library():
    name = ctypes.util.find_library("sqlite3")
    if not name:
        return None
    lib = ctypes.CDLL(name)
    for function in ("sqlite3_open_v2", "sqlite3_prepare_v2", "sqlite3_step", "sqlite3_finalize", "sqlite3_close", "sqlite3_bind_int64", "sqlite3_bind_text",
                     "sqlite3_bind_null", "sqlite3_stmt_status"):
        getattr(lib, function).restype = ctypes.c_int
    lib.sqlite3_errmsg.restype = ctypes.c_char_p
    return lib


class Database:
    """One database, opened for reading."""

    def __init__(self, path):
        self.lib, self.handle = library(), ctypes.c_void_p()
        self.right(self.lib.sqlite3_open_v2(str(path).encode(), ctypes.byref(self.handle), 1, None))

    def right(self, code):
        assert code == 0, self.lib.sqlite3_errmsg(self.handle).decode()

    def close(self):
        self.lib.sqlite3_close(self.handle)

    def run(self, statement, values):
        """(steps, rows) of one run with these values, keyed by the arguments' names."""
        text, names = statement.positional(lambda position, kind: "?")
        made = ctypes.c_void_p()
        self.right(self.lib.sqlite3_prepare_v2(self.handle, text.encode(), -1, ctypes.byref(made), None))
        try:
            for position, name in enumerate(names, 1):
                self.right(self.bind(made, position, values[name]))
            rows, code = 0, self.lib.sqlite3_step(made)
            while code == ROW:
                rows, code = rows + 1, self.lib.sqlite3_step(made)
            assert code == DONE, self.lib.sqlite3_errmsg(self.handle).decode()
            return self.lib.sqlite3_stmt_status(made, VM_STEP, 0), rows
        finally:
            self.lib.sqlite3_finalize(made)

    def bind(self, made, position, value):
        if value is None:
            return self.lib.sqlite3_bind_null(made, position)
        if isinstance(value, int):
            return self.lib.sqlite3_bind_int64(made, position, ctypes.c_int64(value))
        return self.lib.sqlite3_bind_text(made, position, value.encode(), -1, TRANSIENT)
