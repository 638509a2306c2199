/**
 * What runs in a process of its own, because it sees strangers' bytes: taking a file apart ({@code JpegFile}, {@code PngFile}, …),
 * decoding what is left of it ({@code Decode}), and the words by which a service asks for that
 * ({@link athanor.pictures.decoder.Protocol}).
 */
@NullMarked
package athanor.pictures.decoder;

import org.jspecify.annotations.NullMarked;
