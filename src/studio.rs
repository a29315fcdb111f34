//! What jobs refer to and make: characters, scenes, stories.
