/** The demo's example pictures, drawn from fixed seeds. */
@NullMarked
package athanor.tinybase.examples;

import org.jspecify.annotations.NullMarked;
