@NullMarked
package dev.sluice.export.scrub;

import org.jspecify.annotations.NullMarked;
