package athanor.ingest;

import athanor.contracts.dataset.CaptionText;
import athanor.contracts.dataset.PictureFiles;
import athanor.contracts.dataset.SkippedFile;
import athanor.contracts.picture.Framing;
import athanor.contracts.picture.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came beside a picture.
 *
 * @param caption what it shows, in words
 * @param regions that are pointed out in it
 * @param framing how it shows the person
 */
record Beside(
        @Nullable String caption,
        List<Region> regions,
        @Nullable Framing framing) {

    static final Beside NOTHING = new Beside(null, List.of());

    Beside(@Nullable String caption, List<Region> regions) {
        this(caption, regions, null);
    }

    Beside {
        regions = List.copyOf(regions);
    }

    /**
     * From the files beside a picture.
     *
     * @param read gives a file's bytes; refuses them by an IllegalArgumentException whose sentence goes on after the name
     * @param skipped where a file that cannot be used is named: it costs what it says and not the picture
     */
    static Beside of(PictureFiles.WithCaptions picture, Function<String, byte[]> read, List<SkippedFile> skipped) {
        List<Region> regions = new ArrayList<>();
        for (String name : picture.regions()) {
            try {
                CaptionText.in(read.apply(name)).map(Region::parse).ifPresent(regions::addAll);
            } catch (IllegalArgumentException e) {
                skipped.add(new SkippedFile(name, "points out nothing: " + e.getMessage()));
            }
        }
        return new Beside(Captions.of(picture, read, skipped), regions);
    }

    static Beside caption(@Nullable String caption) {
        return new Beside(caption, List.of());
    }
}
