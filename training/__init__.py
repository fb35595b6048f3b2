"""Makes the data files that termbuilder ships: background counts, the tagger's weights, the ranker's trees.

    python -m training --shared ../shared        # about half an hour on two cores; same inputs, same files

Needs the extra `train`. Nothing here is imported at run time.
"""
