/**
 * Pictures as upright sRGB pixels, resized without lies ({@link athanor.pictures.Resize}), and the words about files that may
 * become one. Who reads such files is {@code athanor.pictures.reader}. Knows no service, no store and no network.
 */
@NullMarked
package athanor.pictures;

import org.jspecify.annotations.NullMarked;
