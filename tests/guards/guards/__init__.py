# SPDX-License-Identifier: Apache-2.0
"""What the compiler does not see. Each module holds the guards of one subject; importing the package makes the list house.GUARDS."""
import importlib
import pkgutil

for _, name, _ in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{name}")
