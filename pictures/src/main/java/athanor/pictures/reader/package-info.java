/**
 * Strangers' files read by decoders in processes of their own ({@link athanor.pictures.reader.PictureReader}): how they are
 * started, what they may take, and what is said of a file that ended one.
 */
@NullMarked
package athanor.pictures.reader;

import org.jspecify.annotations.NullMarked;
