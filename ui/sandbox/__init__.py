"""The kernel sandbox: one kernel on one real image, computed in the browser, without a run."""
