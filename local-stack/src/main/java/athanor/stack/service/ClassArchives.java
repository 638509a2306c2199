package athanor.stack.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The classes of each program as the Java machine keeps them in memory, in a file that the next start maps instead of reading,
 * checking and linking them again (class data sharing). Java itself sees whether an archive fits the jars and the Java at hand,
 * and goes on without where it does not. It does not see that one was cut off, so a reader is shown whole ones only.
 *
 * @param folder holds one archive a module; empty to run without
 * @param writing every program writes its archive when it ends, instead of reading it when it starts
 */
public record ClassArchives(Optional<Path> folder, boolean writing) {

    /** The launcher's script names the folder that belongs to the Java it found. */
    private static final String FOLDER = "athanor.archives";

    public static ClassArchives ofThisProcess() {
        return new ClassArchives(Optional.ofNullable(System.getProperty(FOLDER)).map(Path::of), false);
    }

    public ClassArchives beingWritten() {
        return new ClassArchives(folder, true);
    }

    /** Whether the program has left its archive. */
    public boolean holds(String module) {
        return archive(module).map(Files::exists).orElse(false);
    }

    private Optional<Path> archive(String module) {
        return folder.map(in -> in.resolve(module + ".jsa"));
    }

    List<String> flags(String module) {
        return archive(module)
                .filter(archive -> writing || Files.exists(archive))
                .map(archive -> List.of(
                        (writing ? "-XX:ArchiveClassesAtExit=" : "-XX:SharedArchiveFile=") + archive,
                        // Java is chatty about every class that it leaves out and every archive that does not fit any
                        // more.
                        "-Xlog:cds=off",
                        "-Xlog:cds+dynamic=off"))
                .orElse(List.of());
    }
}
