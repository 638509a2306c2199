package athanor.stack.client;

import athanor.contracts.dataset.CaptionText;
import athanor.contracts.dataset.PictureFiles;
import athanor.contracts.picture.Region;
import athanor.stack.infra.StackProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with photographs and their captions, see {@link PictureFiles}; or one with folders in it that are named as kohya's
 * trainers want them, and then the photographs are in those.
 *
 * @param photographs by name
 * @param passedOver a sentence for each thing in the folder that is not used
 * @param names what the folders that hold the photographs are called, where kohya's trainers can read it
 */
public record PhotographFolder(List<Photograph> photographs, List<String> passedOver, List<KohyaName> names) {

    /** Beside the pictures: what they are an example of. */
    public static final String DESCRIPTION = "example.properties";

    /** What Java puts in the place of bytes that are no UTF-8. */
    private static final char UNREADABLE = '\ufffd';

    public PhotographFolder {
        photographs = List.copyOf(photographs);
        passedOver = List.copyOf(passedOver);
        names = List.copyOf(names);
    }

    public static PhotographFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StackProblem("%s is no folder; name the folder that holds the photographs".formatted(folder));
        }
        List<Path> named = entriesOf(folder).stream()
                .filter(inner -> Files.isDirectory(inner) && KohyaName.of(inner).isPresent())
                .filter(inner -> !one(inner, "").photographs().isEmpty())
                .toList();
        PhotographFolder all = named.isEmpty() ? one(folder, "") : several(folder, named);
        if (all.photographs().isEmpty()) {
            throw new StackProblem(
                    "%s holds no pictures; put JPEG, PNG, WebP, TIFF, BMP or GIF files there".formatted(folder));
        }
        return all;
    }

    /** What the photographs show, by the name of their folder. */
    public Optional<KohyaName> subject() {
        return names.stream().findFirst();
    }

    private static PhotographFolder several(Path folder, List<Path> named) {
        List<Photograph> photographs = new ArrayList<>();
        List<String> passedOver = new ArrayList<>();
        List<KohyaName> names = new ArrayList<>();
        for (Path inner : named) {
            PhotographFolder read = one(inner, named.size() == 1 ? "" : name(inner) + "/");
            photographs.addAll(read.photographs());
            passedOver.addAll(read.passedOver());
            names.addAll(read.names());
        }
        for (KohyaName name : names) {
            if (!name.isOfTheSameSubjectAs(names.get(0))) {
                throw new StackProblem(
                        "the folders in %s are of different subjects (%s, %s), and a run trains one; name one of the folders"
                                .formatted(folder, name(named.get(0)), name(named.get(names.indexOf(name)))));
            }
        }
        List<Path> beside = entriesOf(folder).stream()
                .filter(entry -> !named.contains(entry))
                .toList();
        if (!beside.isEmpty()) {
            passedOver.add("what lies beside the folders that are read, %s%s"
                    .formatted(
                            name(beside.get(0)),
                            beside.size() == 1 ? "" : " and %d more".formatted(beside.size() - 1)));
        }
        return new PhotographFolder(photographs, passedOver, names);
    }

    /** @param above what stands before the names of the photographs */
    private static PhotographFolder one(Path folder, String above) {
        List<Path> entries = entriesOf(folder);
        PictureFiles files = PictureFiles.among(entries.stream()
                .filter(Files::isRegularFile)
                .map(PhotographFolder::name)
                .filter(name -> !name.equals(DESCRIPTION))
                .toList());
        List<Photograph> photographs = files.pictures().stream()
                .map(picture -> new Photograph(
                        above + picture.picture(),
                        folder.resolve(picture.picture()),
                        caption(folder, picture),
                        regions(folder, picture)))
                .toList();
        List<String> passedOver = new ArrayList<>();
        files.skipped().forEach(file -> passedOver.add("%s%s %s".formatted(above, file.fileName(), file.reason())));
        entries.stream()
                .filter(Files::isDirectory)
                .forEach(inner -> passedOver.add("the folder %s%s in it is not read".formatted(above, name(inner))));
        entries.stream()
                .filter(entry -> !Files.isRegularFile(entry) && !Files.isDirectory(entry))
                .forEach(odd -> passedOver.add(
                        "%s%s is a link to nothing, or another thing that is no file".formatted(above, name(odd))));
        return new PhotographFolder(
                photographs, passedOver, KohyaName.of(folder).stream().toList());
    }

    private static List<Path> entriesOf(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> entries = files.sorted().toList();
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

    private static Optional<String> caption(Path folder, PictureFiles.WithCaptions picture) {
        List<String> texts = picture.captions().stream()
                .flatMap(file -> textOf(folder.resolve(file)).stream())
                .distinct()
                .toList();
        if (texts.size() > 1) {
            throw new StackProblem("%s has more than one caption: %s; leave one of them"
                    .formatted(picture.picture(), String.join(", ", picture.captions())));
        }
        return texts.stream().findFirst();
    }

    private static List<Region> regions(Path folder, PictureFiles.WithCaptions picture) {
        List<Region> regions = new ArrayList<>();
        for (String name : picture.regions()) {
            try {
                textOf(folder.resolve(name)).map(Region::parse).ifPresent(regions::addAll);
            } catch (IllegalArgumentException e) {
                throw new StackProblem("%s: %s".formatted(folder.resolve(name), e.getMessage()), e);
            }
        }
        return regions;
    }

    private static Optional<String> textOf(Path file) {
        try {
            return CaptionText.in(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new StackProblem("%s %s".formatted(file, e.getMessage()), e);
        } catch (IOException e) {
            throw new StackProblem("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
