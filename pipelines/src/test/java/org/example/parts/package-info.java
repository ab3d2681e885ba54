/** Classes of a third party. */
@NullMarked
package org.example.parts;

import org.jspecify.annotations.NullMarked;
