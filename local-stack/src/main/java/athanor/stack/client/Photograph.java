package athanor.stack.client;

import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A picture file of the user's folder, with the caption of a {@code .txt} file of the same name beside it. */
public record Photograph(Path file) {

    /** Only to leave notes and captions out; what a file really is, the service decides by its content. */
    private static final Set<String> PICTURE_ENDINGS = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "webp", "bmp", "gif", "tif", "tiff", "heic", "heif", "avif", "jxl",
            "svg");

    /** Some editors put it before UTF-8 text. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** The pictures of a folder by name; hidden files and subfolders are left alone. */
    public static List<Photograph> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StackProblem("%s is no folder; name the folder that holds the photographs".formatted(folder));
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Photograph> photographs = files.filter(Files::isRegularFile)
                    .filter(Photograph::looksLikeAPicture)
                    .sorted()
                    .map(Photograph::new)
                    .toList();
            if (photographs.isEmpty()) {
                throw new StackProblem("%s holds no pictures; put PNG, JPEG or WebP files there".formatted(folder));
            }
            return photographs;
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static boolean looksLikeAPicture(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".")
                && PICTURE_ENDINGS.contains(
                        name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    public String fileName() {
        return file.getFileName().toString();
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    Optional<String> caption() {
        String stem = fileName().substring(0, fileName().lastIndexOf('.'));
        Path text = file.resolveSibling(stem + ".txt");
        try {
            return Files.exists(text)
                    ? Optional.of(Files.readString(text)
                                    .replace(BYTE_ORDER_MARK, "")
                                    .strip())
                            .filter(caption -> !caption.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read; save the caption as UTF-8 text".formatted(text), e);
        }
    }
}
