package athanor.stack.client;

import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder with photographs and their captions: {@code 01.txt} or {@code 01.caption} belongs to {@code 01.png}, and so does
 * {@code 01.png.txt}. Small and large letters are the same here, because they are on the disks that many such folders come from.
 *
 * @param photographs by name
 * @param passedOver a sentence for each thing in the folder that looks as if it was meant and is not used
 */
public record PhotographFolder(List<Photograph> photographs, List<String> passedOver) {

    /** Only to leave notes and captions out; what a file really is, the service decides by its content. */
    private static final Set<String> PICTURE_ENDINGS = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "webp", "bmp", "gif", "tif", "tiff", "heic", "heif", "avif", "jxl",
            "svg");

    private static final Set<String> CAPTION_ENDINGS = Set.of("txt", "caption");

    /** What Java puts in the place of bytes that are no UTF-8. */
    private static final char UNREADABLE = '\ufffd';

    public PhotographFolder {
        photographs = List.copyOf(photographs);
        passedOver = List.copyOf(passedOver);
    }

    /** Hidden files are left alone without a word. */
    public static PhotographFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StackProblem("%s is no folder; name the folder that holds the photographs".formatted(folder));
        }
        List<Path> entries = entriesOf(folder);
        List<Path> captions = entries.stream()
                .filter(file -> hasEnding(file, CAPTION_ENDINGS))
                .toList();
        Set<Path> unused = new LinkedHashSet<>(captions);
        List<Photograph> photographs = new ArrayList<>();
        for (Path picture : entries) {
            if (Files.isRegularFile(picture) && hasEnding(picture, PICTURE_ENDINGS)) {
                List<Path> own = captionsOf(picture, captions);
                own.forEach(unused::remove);
                photographs.add(new Photograph(picture, caption(picture, own)));
            }
        }
        if (photographs.isEmpty()) {
            throw new StackProblem(
                    "%s holds no pictures; put JPEG, PNG, WebP, TIFF, BMP or GIF files there".formatted(folder));
        }
        List<String> passedOver = new ArrayList<>();
        unused.forEach(text -> passedOver.add("%s is the caption of no picture".formatted(name(text))));
        entries.stream()
                .filter(Files::isDirectory)
                .forEach(inner -> passedOver.add("the folder %s in it is not read".formatted(name(inner))));
        entries.stream()
                .filter(file -> Files.isRegularFile(file)
                        && !hasEnding(file, PICTURE_ENDINGS)
                        && !hasEnding(file, CAPTION_ENDINGS))
                .forEach(
                        file -> passedOver.add("%s has no ending of a picture that can be read".formatted(name(file))));
        return new PhotographFolder(photographs, passedOver);
    }

    private static List<Path> entriesOf(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> entries =
                    files.filter(file -> !name(file).startsWith(".")).sorted().toList();
            for (Path entry : entries) {
                if (name(entry).indexOf(UNREADABLE) >= 0) {
                    throw new StackProblem(
                            "the name of '%s' is not UTF-8; rename the file".formatted(folder.resolve(entry)));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Where two pictures differ only in small and large letters, the caption of exactly the same name is meant. */
    private static List<Path> captionsOf(Path picture, List<Path> captions) {
        Set<String> exact = Set.of(stem(name(picture)), name(picture));
        Set<String> alike = exact.stream().map(PhotographFolder::folded).collect(Collectors.toSet());
        List<Path> same = captions.stream()
                .filter(text -> exact.contains(stem(name(text))))
                .toList();
        return same.isEmpty()
                ? captions.stream()
                        .filter(text -> alike.contains(folded(stem(name(text)))))
                        .toList()
                : same;
    }

    private static Optional<String> caption(Path picture, List<Path> files) {
        List<String> texts = files.stream()
                .flatMap(file -> CaptionText.in(file).stream())
                .distinct()
                .toList();
        if (texts.size() > 1) {
            throw new StackProblem("%s has more than one caption: %s; leave one of them"
                    .formatted(
                            name(picture),
                            files.stream().map(PhotographFolder::name).collect(Collectors.joining(", "))));
        }
        return texts.stream().findFirst();
    }

    private static boolean hasEnding(Path file, Set<String> endings) {
        String name = name(file);
        return endings.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && name.indexOf('.') >= 0;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static String stem(String name) {
        int end = name.lastIndexOf('.');
        return end < 0 ? name : name.substring(0, end);
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
