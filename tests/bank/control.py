# SPDX-License-Identifier: Apache-2.0
"""The demo bank lives in tests/rig/bank: this is its control under the name it used to have."""
import importlib.util
import pathlib
import sys

_PLACE = pathlib.Path(__file__).resolve().parents[1] / "rig" / "bank"
sys.path.insert(0, str(_PLACE))
_SPEC = importlib.util.spec_from_file_location("rig_bank_control", _PLACE / "control.py")
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
__doc__ = _MODULE.__doc__
Control = _MODULE.Control
