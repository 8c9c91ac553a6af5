"""What papers say in few words, by a model or by extraction, and the checks that let nothing unfounded through.

Pure but for the model that it is given: it knows no store and no clock.
"""
