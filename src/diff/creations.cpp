// SPDX-License-Identifier: MIT
// See creations.hpp.
#include "diff/creations.hpp"

#include <utility>

#include "diff/order.hpp"
#include "diff/texts.hpp"

namespace cupel::diff {

using model::Function;
using model::View;
using Spoken = NameIndex::Spoken;

Operations sorted(std::vector<Creation> creations) {
  NameIndex names;
  for (std::size_t i = 0; i < creations.size(); ++i) {
    names.add(creations[i].name, creations[i].spoken, i);
  }
  std::vector<std::vector<std::size_t>> needs;
  for (std::size_t i = 0; i < creations.size(); ++i) {
    needs.push_back(names.mentioned(creations[i].mentions));
    std::erase(needs.back(), i);
  }
  Operations result;
  for (const std::size_t i : dependency_order(needs)) {
    result.push_back(std::move(creations[i].operation));
  }
  return result;
}

namespace {

std::string all_texts(const Changes& changes) {
  std::string all;
  const auto add = [&](const std::string& text) {
    if (text.find('(') != std::string::npos) all += text + "\n;";
  };
  for (const model::Table* it : changes.added) for_each_text(*it, add);
  for (const auto& it : changes.tables) for_each_text(*it->to.original, add);
  for (const auto& it : changes.objects.domains) {
    if (!it.is_removed()) add(it.to->definition);
  }
  return all;
}

}  // namespace

Creation creation_of(ops::CreateView create) {
  const View view = create.view;
  return {std::move(create), ops::Mentions(view.definition), view.name.name, Spoken::ByName};
}
Creation creation_of(ops::CreateFunction create) {
  const Function function = create.function;
  return {std::move(create), ops::Mentions(function.definition, true), function.name.name,
          Spoken::ByCall};
}
Creation creation_of(ops::CreateDomain create) {
  const model::Domain domain = create.domain;
  return {std::move(create), ops::Mentions(domain.definition), domain.name.name, Spoken::ByName};
}

EarlyTexts::EarlyTexts(const Changes& changes) : mentions_(all_texts(changes)) {}

}  // namespace cupel::diff
