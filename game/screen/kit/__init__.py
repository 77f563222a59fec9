"""The toolkit of the window: text that fits, buttons, pages that scroll, charts, drawings."""
