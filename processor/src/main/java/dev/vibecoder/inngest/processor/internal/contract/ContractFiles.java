package dev.vibecoder.inngest.processor.internal.contract;

import com.palantir.javapoet.ClassName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** The files that tell others what a module promises, by their paths in its jar. */
public final class ContractFiles {
  private static final String FOLDER = "META-INF/inngest/";

  private ContractFiles() {}

  /**
   * Writes them.
   *
   * @param generated the classes that are generated for the module as a whole
   * @return their texts, the same for the same module
   */
  public static Map<String, String> of(
      ModuleContract module, Stream<ClassName> generated, Elements elements) {
    Labels labels = new Labels(module.shapes().definitions().values());
    Map<String, String> files = new LinkedHashMap<>();
    files.put(FOLDER + "events.schema.json", SchemaFile.of(module, labels));
    files.put(FOLDER + "events.d.ts", TypeScriptFile.of(module, labels));
    files.put(FOLDER + "asyncapi.json", AsyncApiFile.of(module, labels));
    files.put(FOLDER + "functions.mmd", MermaidFile.of(module));
    String name = module.packageName().isEmpty() ? "default-package" : module.packageName();
    files.put(
        "META-INF/native-image/" + name + "/inngest/reachability-metadata.json",
        NativeImageFile.of(reflected(module, generated, elements)));
    return files;
  }

  private static NavigableSet<String> reflected(
      ModuleContract module, Stream<ClassName> generated, Elements elements) {
    NavigableSet<String> types = new TreeSet<>();
    for (String type : module.shapes().types()) {
      TypeElement element = elements.getTypeElement(type);
      if (element != null) {
        types.add(elements.getBinaryName(element).toString());
      }
    }
    Stream.of(
            generated,
            module.events().stream()
                .filter(entry -> !entry.event().isPattern())
                .map(entry -> entry.event().type()),
            module.functions().stream().map(entry -> entry.function().generated()))
        .flatMap(names -> names)
        .forEach(name -> types.add(name.reflectionName()));
    return types;
  }
}
