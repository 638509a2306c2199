/**
 * Untrusted bytes in, upright sRGB pixels out ({@link athanor.pictures.PictureReader}), resized without lies
 * ({@link athanor.pictures.Resize}). Knows no service, no store and no network.
 */
@NullMarked
package athanor.pictures;

import org.jspecify.annotations.NullMarked;
