package athanor.stack;

import athanor.stack.infra.DataFolder;
import athanor.stack.infra.Ports;
import athanor.stack.service.ClassArchives;
import athanor.stack.service.Service;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a stack is started with.
 *
 * @param home folder of the project, where the built services lie
 * @param services which of them to start; the others may run in an IDE
 * @param extra environment variables for every service, for settings that have no option of their own
 */
public record StackSettings(
        Path home,
        DataFolder data,
        Ports ports,
        Set<Service> services,
        List<Path> baseModels,
        Map<String, String> extra,
        ClassArchives archives) {

    public static final String BUCKET = "athanor";

    /** What a terminal is told to type to stop this stack. */
    public String downCommand() {
        boolean usual = data.path().equals(home.resolve("athanor-data"));
        return usual ? "./athanor down" : "./athanor down --data " + data.path();
    }

    public StackAddress address() {
        return StackAddress.of(ports, baseModels);
    }
}
