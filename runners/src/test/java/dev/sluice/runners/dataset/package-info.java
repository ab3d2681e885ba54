@NullMarked
package dev.sluice.runners.dataset;

import org.jspecify.annotations.NullMarked;
