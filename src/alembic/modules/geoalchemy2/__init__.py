# SPDX-License-Identifier: MIT
from geoalchemy2.types import Geography, Geometry, Raster
import geoalchemy2.types as types
