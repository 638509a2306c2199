/**
 * Pixels: how a picture is resized. Knows no service, no store and no network; {@code java.desktop} only.
 */
@NullMarked
package athanor.pictures;

import org.jspecify.annotations.NullMarked;
