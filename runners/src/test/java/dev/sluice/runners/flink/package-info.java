@NullMarked
package dev.sluice.runners.flink;

import org.jspecify.annotations.NullMarked;
