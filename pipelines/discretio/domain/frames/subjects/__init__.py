"""What rules ask of a store beyond the frames of the reference store: one module per chapter of the catalogue.

A module may hold `FRAMES`, new frames, and `COLUMNS`, more columns of known frames by the frame's name. All are read by
themselves: to add a rule's columns is to write them here, in the module of its chapter.
"""
