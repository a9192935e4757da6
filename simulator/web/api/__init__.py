"""Answer programs: the judge as JSON under /api/v1, and a page that explains it."""
