package athanor.contracts.dataset;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of files that came together, in a folder, a zip or one request, told apart: {@code 01.txt} or {@code 01.caption} is
 * the caption of {@code 01.png}, and so is {@code 01.png.txt}; {@code 01.regions} points out what is in it. A folder in front is part of
 * a name; but where only one of the two is in a folder, as when one came in a zip and the other beside it, and no other file fits, they
 * belong together. Small and large letters are
 * the same here, because they are on the disks that many such files come from.
 */
public record PictureFiles(List<WithCaptions> pictures, List<SkippedFile> skipped) {

    /** Only to leave notes and captions out; what a file really is, its content decides. */
    private static final Set<String> PICTURE_ENDINGS = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "webp", "bmp", "gif", "tif", "tiff", "heic", "heif", "avif", "jxl",
            "svg");

    private static final Set<String> CAPTION_ENDINGS = Set.of("txt", "caption");

    private static final String REGIONS_ENDING = "regions";

    /** What systems leave in every folder without hiding it from others. */
    private static final Set<String> OF_A_SYSTEM = Set.of("__macosx", "thumbs.db", "desktop.ini");

    /**
     * @param captions names of the files that say what it shows; most often one
     * @param regions names of the files that point out regions of it; most often none
     */
    public record WithCaptions(String picture, List<String> captions, List<String> regions) {

        public WithCaptions {
            captions = List.copyOf(captions);
            regions = List.copyOf(regions);
        }
    }

    public PictureFiles {
        pictures = List.copyOf(pictures);
        skipped = List.copyOf(skipped);
    }

    public static PictureFiles among(List<String> names) {
        List<SkippedFile> skipped = new ArrayList<>();
        List<String> pictures = new ArrayList<>();
        Set<String> unused = new LinkedHashSet<>();
        for (String name : names) {
            if (isHidden(name)) {
                skipped.add(new SkippedFile(name, "is a hidden file or one of the system"));
            } else if (CAPTION_ENDINGS.contains(ending(name)) || REGIONS_ENDING.equals(ending(name))) {
                unused.add(name);
            } else if (PICTURE_ENDINGS.contains(ending(name))) {
                pictures.add(name);
            } else if (ending(name).equals("zip")) {
                skipped.add(new SkippedFile(
                        name, "is an archive; unpack it, or send it by itself with Content-Type: application/zip"));
            } else {
                skipped.add(new SkippedFile(name, "has no ending of a picture that can be read"));
            }
        }
        Map<String, List<String>> byStem = unused.stream().collect(Collectors.groupingBy(name -> folded(stem(name))));
        List<WithCaptions> found = new ArrayList<>();
        for (String picture : pictures) {
            List<String> own = captionsOf(picture, byStem);
            unused.removeAll(own);
            found.add(new WithCaptions(
                    picture,
                    own.stream().filter(name -> !isOfRegions(name)).toList(),
                    own.stream().filter(PictureFiles::isOfRegions).toList()));
        }
        List<WithCaptions> all = List.copyOf(found);
        found.replaceAll(picture -> withCaptionElsewhere(picture, all, unused));
        unused.forEach(text -> skipped.add(new SkippedFile(
                text, isOfRegions(text) ? "points out regions of no picture" : "is the caption of no picture")));
        return new PictureFiles(found, skipped);
    }

    private static boolean isOfRegions(String name) {
        return REGIONS_ENDING.equals(ending(name));
    }

    /** Where two pictures differ only in small and large letters, the caption of exactly the same name is meant. */
    private static List<String> captionsOf(String picture, Map<String, List<String>> byStem) {
        Set<String> exact = Set.of(stem(picture), picture);
        List<String> alike = exact.stream()
                .map(PictureFiles::folded)
                .distinct()
                .flatMap(stem -> byStem.getOrDefault(stem, List.of()).stream())
                .toList();
        List<String> same =
                alike.stream().filter(text -> exact.contains(stem(text))).toList();
        return same.isEmpty() ? alike : same;
    }

    /** A caption fits a picture of the same name where one of the two is in a folder and the other is not. */
    private static boolean fits(String text, WithCaptions picture) {
        String name = picture.picture();
        String last = lastSegment(name);
        String wanted = folded(stem(lastSegment(text)));
        return picture.captions().isEmpty()
                && lastSegment(text).equals(text) != last.equals(name)
                && (wanted.equals(folded(stem(last))) || wanted.equals(folded(last)));
    }

    private static WithCaptions withCaptionElsewhere(WithCaptions picture, List<WithCaptions> all, Set<String> unused) {
        List<String> fitting =
                unused.stream().filter(text -> fits(text, picture)).toList();
        boolean certain = fitting.size() == 1
                && all.stream().filter(other -> fits(fitting.get(0), other)).count() == 1;
        if (!certain) {
            return picture;
        }
        fitting.forEach(unused::remove);
        return new WithCaptions(
                picture.picture(),
                fitting.stream().filter(name -> !isOfRegions(name)).toList(),
                Stream.concat(picture.regions().stream(), fitting.stream().filter(PictureFiles::isOfRegions))
                        .toList());
    }

    private static String lastSegment(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** Whether it is there for a system and not for people. */
    public static boolean isHidden(String name) {
        return Arrays.stream(name.split("[/\\\\]"))
                .anyMatch(part -> part.startsWith(".") && !part.matches("\\.{1,2}")
                        || OF_A_SYSTEM.contains(part.toLowerCase(Locale.ROOT)));
    }

    /** In small letters; empty where there is none. */
    private static String ending(String name) {
        return name.substring(stem(name).length()).replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
    }

    private static String stem(String name) {
        int folder = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        int end = name.lastIndexOf('.');
        return end <= folder ? name : name.substring(0, end);
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
