package athanor.appraisal.bench;

import athanor.pictures.Measured;
import athanor.pictures.Pixels;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.quality.SimilarPictures;
import athanor.pictures.reader.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Changes photographs as people do before they send the same one twice, and prints how often the copy is named and as what; then
 * which of the photographs themselves are taken for one another, which only those of one moment should be. The command is in this
 * module's README.
 */
public final class LikeCopies {

    private static final int LONG_SIDE = 1600;
    private static final int QUALITY = 88;

    private LikeCopies() {}

    /** @param arguments a folder of photographs */
    public static void main(String[] arguments) throws IOException {
        Map<String, UnaryOperator<BufferedImage>> changes = changes();
        Map<String, Map<SimilarPictures.Kind, Integer>> named = new LinkedHashMap<>();
        List<Path> photographs;
        List<Measured> originals = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(arguments[0]));
                PictureReader reader = PictureReader.standard()) {
            photographs = files.sorted().toList();
            for (Path photograph : photographs) {
                Verdict.Accepted read = (Verdict.Accepted) reader.read(photograph, Wanted.measured(LONG_SIDE));
                Measured original = read.measured().orElseThrow();
                BufferedImage picture = Pixels.opaqueCopy(read.image().orElseThrow());
                originals.add(original);
                changes.forEach((name, change) -> {
                    Measured copy = measured(reader, change.apply(picture));
                    Map<SimilarPictures.Kind, Integer> kinds =
                            named.computeIfAbsent(name, none -> new EnumMap<>(SimilarPictures.Kind.class));
                    SimilarPictures.in(List.of(original, copy))
                            .forEach(group -> kinds.merge(group.others().get(0).kind(), 1, Integer::sum));
                });
            }
        }
        System.out.println("| changed | named | of | as |\n| --- | --- | --- | --- |");
        named.forEach((name, kinds) -> System.out.printf(
                "| %s | %d | %d | %s |%n",
                name, kinds.values().stream().mapToInt(count -> count).sum(), photographs.size(), kinds));
        for (SimilarPictures.Group group : SimilarPictures.in(originals)) {
            System.out.printf("%s is like", photographs.get(group.keep()).getFileName());
            group.others()
                    .forEach(other -> System.out.printf(
                            " %s (%s)", photographs.get(other.picture()).getFileName(), other.kind()));
            System.out.println();
        }
    }

    private static Measured measured(PictureReader reader, BufferedImage picture) {
        Verdict read = reader.read(Spoil.jpeg(picture, QUALITY), Wanted.measured());
        return ((Verdict.Accepted) read).measured().orElseThrow();
    }

    private static Map<String, UnaryOperator<BufferedImage>> changes() {
        Map<String, UnaryOperator<BufferedImage>> changes = new LinkedHashMap<>();
        changes.put("saved again", picture -> picture);
        changes.put("half as large", picture -> Spoil.resized(picture, 0.5));
        changes.put("saved at 30", picture -> Spoil.saved(picture, 30));
        changes.put("brighter by a fifth", picture -> Spoil.levels(picture, level -> level * 6 / 5));
        changes.put("darker by a fifth", picture -> Spoil.levels(picture, level -> level * 4 / 5));
        changes.put("cut by 5 % around the middle", picture -> Spoil.cut(picture, 0.025, 0.025, 0.95, 0.95));
        changes.put("cut by 5 % at a corner", picture -> Spoil.cut(picture, 0, 0, 0.95, 0.95));
        changes.put("cut by 5 % on each side", picture -> Spoil.cut(picture, 0.05, 0.05, 0.9, 0.9));
        changes.put("turned by 1 degree", picture -> Spoil.turned(picture, 1));
        changes.put("turned by 2 degrees", picture -> Spoil.turned(picture, -2));
        changes.put("mirrored", Spoil::mirrored);
        changes.put("mirrored, half as large", picture -> Spoil.resized(Spoil.mirrored(picture), 0.5));
        changes.put(
                "mirrored, cut by 5 % around the middle",
                picture -> Spoil.mirrored(Spoil.cut(picture, 0.025, 0.025, 0.95, 0.95)));
        changes.put(
                "mirrored, cut by 5 % at a corner", picture -> Spoil.mirrored(Spoil.cut(picture, 0, 0, 0.95, 0.95)));
        return changes;
    }
}
