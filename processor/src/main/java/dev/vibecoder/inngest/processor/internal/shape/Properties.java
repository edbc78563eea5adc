package dev.vibecoder.inngest.processor.internal.shape;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the properties that Jackson sees in a class. */
final class Properties {
  // These make getters that cannot be seen while Lombok has not done its work.
  private static final Set<String> GETTERS = Set.of("Data", "Value", "Getter");

  private final Types types;
  private final Elements elements;

  Properties(Types types, Elements elements) {
    this.types = types;
    this.elements = elements;
  }

  /** The visible properties, those of a record in order, else by name. */
  Collection<Property> of(DeclaredType type) {
    TypeElement element = (TypeElement) type.asElement();
    Map<String, Property> found =
        element.getKind() == ElementKind.RECORD ? components(type, element) : new TreeMap<>();
    boolean record = element.getKind() == ElementKind.RECORD;
    fields(type, element, found, record);
    methods(type, element, found, record);
    constructors(element, found);
    return found.values().stream()
        .filter(Property::isVisible)
        .filter(property -> !property.isIgnored())
        .toList();
  }

  private Map<String, Property> components(DeclaredType type, TypeElement element) {
    Map<String, Property> found = new LinkedHashMap<>();
    for (RecordComponentElement component : element.getRecordComponents()) {
      Property property = new Property(component.getSimpleName().toString());
      property.source(component);
      ExecutableElement accessor = component.getAccessor();
      if (accessor == null) {
        // Eclipse's compiler does not have those accessors yet that nobody wrote.
        property.value(component, component.asType());
      } else {
        property.value(accessor, result(type, accessor));
      }
      found.put(property.member(), property);
    }
    return found;
  }

  private void fields(
      DeclaredType type, TypeElement element, Map<String, Property> found, boolean record) {
    for (VariableElement field : allFields(element)) {
      if (field.getModifiers().contains(Modifier.STATIC)) {
        continue;
      }
      Property property = found.get(field.getSimpleName().toString());
      if (property == null) {
        property = new Property(field.getSimpleName().toString());
        found.put(property.member(), property);
      }
      if (!record && isVisible(field)) {
        property.value(field, memberType(type, field));
      } else {
        property.source(field);
      }
    }
  }

  private TypeMirror memberType(DeclaredType type, VariableElement field) {
    try {
      return types.asMemberOf(type, field);
    } catch (IllegalArgumentException notInherited) {
      // A private field of a generic superclass: its own type is as near as it gets.
      return field.asType();
    }
  }

  private static boolean isVisible(VariableElement field) {
    if (field.getModifiers().contains(Modifier.TRANSIENT)) {
      return false;
    }
    Element owner = field.getEnclosingElement();
    return field.getModifiers().contains(Modifier.PUBLIC)
        || Jackson.find(field, "JsonProperty").isPresent()
        || isGenerated(field)
        || (owner != null && (isGenerated(owner) || autoDetectsFields(owner)));
  }

  private static boolean autoDetectsFields(Element owner) {
    return Jackson.find(owner, "JsonAutoDetect")
        .map(mirror -> Jackson.constant(mirror, "fieldVisibility", "DEFAULT"))
        .filter(visibility -> visibility.equals("ANY"))
        .isPresent();
  }

  private static boolean isGenerated(Element element) {
    return element.getAnnotationMirrors().stream()
        .map(mirror -> (TypeElement) mirror.getAnnotationType().asElement())
        .anyMatch(
            annotation ->
                annotation.getQualifiedName().toString().startsWith("lombok.")
                    && GETTERS.contains(annotation.getSimpleName().toString()));
  }

  private void methods(
      DeclaredType type, TypeElement element, Map<String, Property> found, boolean record) {
    for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(element))) {
      String name = method.getSimpleName().toString();
      Element owner = method.getEnclosingElement();
      if (method.getModifiers().contains(Modifier.STATIC)
          || (owner instanceof TypeElement of
              && of.getQualifiedName().toString().startsWith("java.lang."))) {
        continue;
      }
      if (name.startsWith("set") && name.length() > 3 && method.getParameters().size() == 1) {
        Property property = found.get(Naming.property(name, 3));
        if (property != null) {
          property.source(method);
        }
      }
      String getter = getter(method);
      if (!getter.isEmpty()) {
        boolean known = found.containsKey(getter);
        Property property = found.computeIfAbsent(getter, Property::new);
        property.value(method, result(type, method));
        if (!known && record) {
          property.derived();
        }
      }
    }
  }

  /** The property that a getter gives, or an empty text if it is none. */
  private static String getter(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    if (!method.getParameters().isEmpty() || method.getReturnType().getKind() == TypeKind.VOID) {
      return "";
    }
    boolean named =
        Jackson.find(method, "JsonProperty").isPresent()
            || Jackson.find(method, "JsonGetter").isPresent();
    if (!named && !method.getModifiers().contains(Modifier.PUBLIC)) {
      return "";
    }
    if (name.startsWith("get") && name.length() > 3 && !Character.isLowerCase(name.charAt(3))) {
      return Naming.property(name, 3);
    }
    boolean bool =
        method.getReturnType().getKind() == TypeKind.BOOLEAN
            || method.getReturnType().toString().endsWith("java.lang.Boolean");
    if (bool
        && name.startsWith("is")
        && name.length() > 2
        && !Character.isLowerCase(name.charAt(2))) {
      return Naming.property(name, 2);
    }
    return named ? name : "";
  }

  private static void constructors(TypeElement element, Map<String, Property> found) {
    for (ExecutableElement constructor :
        ElementFilter.constructorsIn(element.getEnclosedElements())) {
      for (VariableElement parameter : constructor.getParameters()) {
        Property property = found.get(parameter.getSimpleName().toString());
        if (property != null) {
          property.source(parameter);
        }
      }
    }
  }

  private TypeMirror result(DeclaredType type, ExecutableElement method) {
    return ((ExecutableType) types.asMemberOf(type, method)).getReturnType();
  }

  /** The fields of a class, those of superclasses first. */
  private static List<VariableElement> allFields(TypeElement element) {
    List<VariableElement> fields = new ArrayList<>();
    if (element.getSuperclass().getKind() == TypeKind.DECLARED) {
      fields.addAll(allFields((TypeElement) ((DeclaredType) element.getSuperclass()).asElement()));
    }
    fields.addAll(ElementFilter.fieldsIn(element.getEnclosedElements()));
    return fields;
  }
}
