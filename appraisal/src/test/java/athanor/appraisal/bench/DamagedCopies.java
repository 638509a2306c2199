package athanor.appraisal.bench;

import athanor.appraisal.Appraisal;
import athanor.appraisal.AppraisePicture;
import athanor.appraisal.Expected;
import athanor.contracts.picture.Finding;
import athanor.contracts.picture.FindingCode;
import athanor.people.People;
import athanor.pictures.Pixels;
import athanor.pictures.Verdict;
import athanor.pictures.Wanted;
import athanor.pictures.reader.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Damages good photographs in known ways and prints how often the damage is named; first, what is said of the photographs as they
 * are, which should be nothing. The command is in this module's README.
 */
public final class DamagedCopies {

    /** Larger photographs are reduced to this before they are damaged: damage is counted in pixels. */
    private static final int LONG_SIDE = 1024;

    private record Score(int found, int asked) {
        Score and(boolean one) {
            return new Score(found + (one ? 1 : 0), asked + 1);
        }
    }

    private final AppraisePicture appraise;
    private final AppraisePicture withoutPeople;
    private final PictureReader reader;
    private final Path scratch;
    private final PrintWriter record;
    private final Map<String, Score> scores = new LinkedHashMap<>();

    private DamagedCopies(PictureReader reader, People people, Path scratch, PrintWriter record) {
        this.appraise = new AppraisePicture(reader, people);
        this.withoutPeople = new AppraisePicture(reader, People.none());
        this.reader = reader;
        this.scratch = scratch;
        this.record = record;
    }

    /** @param arguments a folder of good photographs; a file for everything that was measured; part of the names of damages */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        String only = arguments.length > 2 ? arguments[2] : "";
        Path scratch = Files.createTempDirectory("damaged");
        try (PictureReader reader = PictureReader.standard();
                People people = People.standard();
                PrintWriter record = new PrintWriter(
                        arguments.length > 1
                                ? Files.newBufferedWriter(Path.of(arguments[1]))
                                : java.io.Writer.nullWriter());
                Stream<Path> files = Files.list(folder)) {
            DamagedCopies copies = new DamagedCopies(reader, people, scratch, record);
            List<Path> photographs = files.sorted().toList();
            List<Damage> damages = Damage.all().stream()
                    .filter(damage -> damage.name().contains(only))
                    .toList();
            photographs.parallelStream().forEach(photograph -> copies.look(photograph, damages));
            copies.print(damages);
        } finally {
            Files.delete(scratch);
        }
    }

    private void look(Path photograph, List<Damage> damages) {
        try {
            Set<FindingCode> itself = codes(appraise, photograph, "as it is", photograph);
            String wrong = itself.stream()
                    .filter(code -> code != FindingCode.TOO_SMALL)
                    .map(FindingCode::name)
                    .collect(Collectors.joining(" "));
            if (!wrong.isEmpty()) {
                System.out.printf("%s: %s%n", photograph, wrong);
            }
            score("as they are", wrong.isEmpty());
            BufferedImage picture = usualSize(photograph);
            for (Damage damage : damages) {
                if (itself.stream().noneMatch(damage.codes()::contains)) {
                    Path file = Files.createTempFile(scratch, "copy", "");
                    Files.write(file, damage.copy(picture));
                    Set<FindingCode> codes =
                            codes(damage.byTheFace() ? appraise : withoutPeople, file, damage.name(), photograph);
                    Files.delete(file);
                    score(damage.name(), codes.stream().anyMatch(damage.codes()::contains));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BufferedImage usualSize(Path photograph) throws IOException {
        Verdict read = reader.read(photograph, Wanted.within(LONG_SIDE, LONG_SIDE));
        return Pixels.opaqueCopy(((Verdict.Accepted) read).image().orElseThrow());
    }

    private Set<FindingCode> codes(AppraisePicture by, Path file, String name, Path photograph) throws IOException {
        Appraisal appraisal = by.of(file, new Expected(64, false));
        if (!(appraisal instanceof Appraisal.Usable usable)) {
            throw new IllegalStateException("%s, %s: %s".formatted(photograph, name, appraisal));
        }
        Set<FindingCode> codes =
                usable.look().findings().stream().map(Finding::code).collect(Collectors.toCollection(TreeSet::new));
        synchronized (record) {
            record.printf(
                    "%s\t%s\t%s\t%s%n", photograph, name, codes, usable.look().measured());
        }
        return codes;
    }

    private synchronized void score(String name, boolean one) {
        scores.merge(name, new Score(one ? 1 : 0, 1), (before, now) -> before.and(one));
    }

    private void print(List<Damage> damages) {
        System.out.println("| damage | named | of |\n| --- | --- | --- |");
        List<String> names = new ArrayList<>(List.of("as they are"));
        damages.forEach(damage -> names.add(damage.name()));
        for (String name : names) {
            Score score = scores.getOrDefault(name, new Score(0, 0));
            System.out.printf("| %s | %d | %d |%n", name, score.found(), score.asked());
        }
    }
}
