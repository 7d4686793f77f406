"""Names of built-in types."""
import _runtime

FunctionType = LambdaType = _runtime.function
BuiltinFunctionType = BuiltinMethodType = _runtime.builtin_function_or_method
MethodType = _runtime.method
GeneratorType = CoroutineType = AsyncGeneratorType = _runtime.generator
ModuleType = _runtime.module
CodeType = _runtime.code
CellType = _runtime.cell
NoneType = _runtime.NoneType
NotImplementedType = _runtime.NotImplementedType
EllipsisType = _runtime.ellipsis
UnionType = _runtime.UnionType
GenericAlias = _runtime.GenericAlias
TracebackType = _runtime.traceback
SimpleNamespace = _runtime.SimpleNamespace
MethodWrapperType = WrapperDescriptorType = MethodDescriptorType = BuiltinFunctionType


class MappingProxyType:
    """A read-only view of a mapping."""

    def __init__(self, mapping):
        object.__setattr__(self, "_mapping", mapping)

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __eq__(self, other):
        return self._mapping == (other._mapping if isinstance(other, MappingProxyType) else other)

    def __or__(self, other):
        return dict(self._mapping) | dict(other)

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()

    def __repr__(self):
        return f"mappingproxy({self._mapping!r})"


class DynamicClassAttribute(property):
    pass


def new_class(name, bases=(), kwds=None, exec_body=None):
    kwds = dict(kwds or {})
    meta = kwds.pop("metaclass", None)
    if meta is None:
        meta = type(bases[0]) if bases else type
    namespace = meta.__prepare__(name, bases, **kwds) if hasattr(meta, "__prepare__") else {}
    if exec_body is not None:
        exec_body(namespace)
    return meta(name, bases, namespace, **kwds)


def resolve_bases(bases):
    return bases


def coroutine(function):
    return function
