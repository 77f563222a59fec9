"""Why things are as they are and what an action did: data for screens, read off the model, not off labels."""
