/**
 * HEIC and AVIF, which no Java library reads: what their files claim ({@link athanor.pictures.heif.HeifFile}), and the program of
 * libheif that turns one into a PNG where it is installed ({@link athanor.pictures.heif.HeifTool}).
 */
@NullMarked
package athanor.pictures.heif;

import org.jspecify.annotations.NullMarked;
