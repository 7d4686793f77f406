// SPDX-License-Identifier: MIT
// Reports of the commands that compare schemas, as text and as JSON.
#pragma once

#include <string>
#include <vector>

#include "cupel/command/doctor.hpp"
#include "cupel/command/schema.hpp"
#include "cupel/command/scripts.hpp"

namespace cupel::cli {

/// One line each, notes below it.
std::string render_findings(const std::vector<diff::Finding>& findings);
/// "table 'checkpoints' (LangGraph)"
std::string render_unmanaged(const command::Unmanaged& unmanaged);
std::string render_status(const revision::Graph& graph, const command::StatusReport& report);
std::string render_doctor(const command::DoctorReport& report);
std::string render_scripts(const command::ScriptsReport& report);

std::string json_check(const command::CheckReport& report);
std::string json_generate(const command::GenerateReport& report);

std::string json_diff(const command::DiffReport& report);
std::string json_status(const revision::Graph& graph, const command::StatusReport& report);
std::string json_create(const command::CreateReport& report);
std::string json_doctor(const command::DoctorReport& report);
std::string json_scripts(const command::ScriptsReport& report);
std::string json_reset(const std::vector<std::string>& rows);

}  // namespace cupel::cli
