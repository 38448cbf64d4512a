# SPDX-License-Identifier: Apache-2.0
"""What the compiler does not see. Each module holds the guards of one subject; importing the package makes the list house.GUARDS."""
from . import archive, banned, enums, lengths, limits, log, directives, documents, readings, retention, rooms, routes, security, statements, texts  # noqa: F401
