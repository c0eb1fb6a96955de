"""What all drawings share, on the page and in briefs: scales, marks, and one hue for each power."""
