package athanor.contracts.rest;

import org.jspecify.annotations.Nullable;

/**
 * What the owner of a picture says of it, as a merge patch: what is absent stays as it is.
 *
 * @param used false leaves it out, true takes it back
 * @param framing {@code close_up}, {@code half}, {@code cowboy}, {@code full}, {@code wide} and so on; an empty one leaves it to
 *     captions and detectors again
 * @param regions what is pointed out, as at the upload: {@code head 0.41 0.10 0.18 0.22}; an empty one takes all away
 */
public record PictureCorrection(
        @Nullable Boolean used,
        @Nullable String framing,
        @Nullable String regions) {}
