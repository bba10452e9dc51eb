"""Linear algebra in one thread, imported before numpy.

On vectors as short as ours, threads cost five times what they save, and their number decides the last digits.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
