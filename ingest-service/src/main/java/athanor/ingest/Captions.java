package athanor.ingest;

import athanor.contracts.dataset.CaptionText;
import athanor.contracts.dataset.PictureFiles;
import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.recipe.RecipeLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The caption of a picture, from the files beside it. */
final class Captions {

    /** More than any caption; what is longer is something else with its ending. */
    static final long LONGEST = 1 << 20;

    private Captions() {}

    /**
     * @param read gives a file's bytes; refuses them by an IllegalArgumentException whose sentence goes on after the name
     * @param skipped where a caption that cannot be used is named: it costs its words and not the picture
     */
    static @Nullable String of(
            PictureFiles.WithCaptions picture, Function<String, byte[]> read, List<SkippedFile> skipped) {
        Set<String> texts = new HashSet<>();
        for (String name : picture.captions()) {
            try {
                CaptionText.in(read.apply(name))
                        .ifPresent(text -> refuse(text)
                                .ifPresentOrElse(
                                        reason -> skipped.add(new SkippedFile(name, reason)), () -> texts.add(text)));
            } catch (IllegalArgumentException e) {
                skipped.add(new SkippedFile(name, String.valueOf(e.getMessage())));
            }
        }
        if (texts.size() > 1) {
            skipped.add(new SkippedFile(
                    String.join(", ", picture.captions()),
                    "are different captions of '%s'; leave one of them".formatted(picture.picture())));
            return null;
        }
        return texts.stream().findFirst().orElse(null);
    }

    /** @return why these words are not taken, as it goes on after a name; empty when they are */
    static Optional<String> refuse(String caption) {
        return caption.length() <= RecipeLimits.CAPTION
                ? Optional.empty()
                : Optional.of("has %d characters; wanted at most %d, of which text encoders read the first few hundred"
                        .formatted(caption.length(), RecipeLimits.CAPTION));
    }

    static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("has more than %d bytes, the most of a caption".formatted(LONGEST));
    }
}
