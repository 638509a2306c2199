/**
 * How good a picture is, in numbers: made from every pixel while its rows stream past
 * ({@link athanor.pictures.quality.MeasuredRows}), carried to the service as {@link athanor.pictures.Measured}, judged by
 * {@link athanor.pictures.quality.Weaknesses}, and compared with other pictures by
 * {@link athanor.pictures.quality.SimilarPictures}. What was not measured is empty, never invented. Sentences are made elsewhere.
 */
@NullMarked
package athanor.pictures.quality;

import org.jspecify.annotations.NullMarked;
