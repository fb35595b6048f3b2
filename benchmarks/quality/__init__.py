"""Quality on unseen documents: `python -m benchmarks.quality --shared ../shared`."""
