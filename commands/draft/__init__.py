"""/draft: what is being filed."""
