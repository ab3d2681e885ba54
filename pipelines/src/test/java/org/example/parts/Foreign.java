package org.example.parts;

import dev.sluice.parts.Part;

/** A part that is not the program's. */
public record Foreign(int weight) implements Part {}
