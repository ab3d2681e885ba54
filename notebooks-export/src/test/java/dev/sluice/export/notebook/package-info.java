@NullMarked
package dev.sluice.export.notebook;

import org.jspecify.annotations.NullMarked;
